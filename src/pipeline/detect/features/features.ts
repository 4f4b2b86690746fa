import { address } from './address.ts'
import { bursts } from './bursts.ts'
import { centrality } from './centrality.ts'
import { completeness } from './completeness.ts'
import { dangling } from './dangling.ts'
import { deadAir } from './dead-air.ts'
import { emotion } from './emotion.ts'
import { exchange } from './exchange.ts'
import type { Feature } from './feature.ts'
import { hook } from './hook.ts'
import { housekeeping } from './housekeeping.ts'
import { humour } from './humour.ts'
import { loudness } from './loudness.ts'
import { novelty } from './novelty.ts'
import { pace } from './pace.ts'
import { position } from './position.ts'
import { questionAnswer } from './question-answer.ts'
import { reaction } from './reaction.ts'
import { sceneActivity } from './scene-activity.ts'
import { specifics } from './specifics.ts'
import { story } from './story.ts'
import { usualLength } from './usual-length.ts'
import { wording } from './wording.ts'

/** Everything that is measured on a candidate. The names are stored with moments and shown to people: never give one a new meaning. */
export const features = {
  hook,
  questionAnswer,
  emotion,
  humour,
  wording,
  story,
  exchange,
  bursts,
  reaction,
  address,
  specifics,
  novelty,
  centrality,
  loudness,
  pace,
  sceneActivity,
  position,
  usualLength,
  completeness,
  housekeeping,
  dangling,
  deadAir,
} satisfies Record<string, Feature>

export type FeatureName = keyof typeof features

export const featureNames = Object.keys(features) as FeatureName[]
