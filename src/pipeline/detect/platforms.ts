import type { Platform } from '../../domain/platform.ts'

/** Lengths in seconds. */
interface PlatformLengths {
  /** What is looked for when nobody says otherwise. */
  min: number
  max: number
  /** The longest the platform takes, or shows to people who don't follow. */
  limit: number
}

/**
 * How long clips are on each platform: as short as it favours, as far as a thought with its beginning and its payoff can be told in that (ten
 * seconds at least; where nobody publishes what is favoured, our own judgement). Looked up in November 2026; docs/guide/platforms.md says the
 * same and changes with it.
 */
export const platformLengths: Record<Platform, PlatformLengths> = {
  // "Videos can be between 5-60s. We suggest short videos of 9-15s.": https://ads.tiktok.com/help/article/video-ads-specifications;
  // creators were told 24 to 31 s (2021). Ads of up to ten minutes: https://ads.tiktok.com/help/article/tiktok-auction-in-feed-ads
  tiktok: { min: 10, max: 35, limit: 600 },
  // Reels of 5 to 90 s get into the Reels tab: https://developers.facebook.com/docs/instagram-platform/content-publishing; up to three minutes
  // are recommended to people who don't follow (Instagram's @creators, January 2025)
  reels: { min: 12, max: 90, limit: 180 },
  // Up to three minutes; from one minute on, somebody else's music gets a short blocked: https://support.google.com/youtube/answer/15424877
  shorts: { min: 12, max: 60, limit: 180 },
  // 0.5 to 140 s for everybody: https://docs.x.com/x-api/media/quickstart/best-practices; 45 is judgement
  x: { min: 10, max: 45, limit: 140 },
  // 3 s to 30 min for ads: https://www.linkedin.com/help/lms/answer/a424737; posts of members end at ten minutes. LinkedIn advises less than
  // 30 s to be noticed and 30 to 90 s to tell a story
  linkedin: { min: 15, max: 90, limit: 600 },
}
