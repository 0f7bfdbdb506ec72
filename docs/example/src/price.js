export function isFree(price) {
    return price == 0
}
