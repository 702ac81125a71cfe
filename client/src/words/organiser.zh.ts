// 组织活动的人看到的话。
export const zh = {
} as const
