export const platforms = ['tiktok', 'reels', 'shorts', 'x', 'linkedin'] as const
/** Where a clip is meant to be posted. */
export type Platform = (typeof platforms)[number]
