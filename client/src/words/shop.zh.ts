// 店家看到的话。
export const zh = {
} as const
