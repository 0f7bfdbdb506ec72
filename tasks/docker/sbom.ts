import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Print what the image is made of, as SPDX in JSON, with syft or trivy",
  args: { image: { summary: "Another image of the engine" } },
  flags: { ...engineFlags, out: { type: "text", value: "FILE", complete: "file", summary: "Into a file" } },
  silent: true,
  run: ({ use, flags, params }) => use.docker.sbom({ ...flags, image: params.image }),
});
