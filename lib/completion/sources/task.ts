import type { Source } from "../source.ts";
import { taskNames } from "../wanted.ts";

/** Tasks by name, and by alias where no name begins so. */
export const source: Source = async ({ tasks }, typed) => {
  const { values, otherwise } = taskNames(tasks, typed);
  return values.some(({ value }) => value.startsWith(typed)) ? values : [...values, ...otherwise];
};
