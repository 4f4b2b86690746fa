/** What a model is to get right: fills first and second derivatives of the loss by each row's score. */
export interface Objective {
  /** Score of every row before the first tree. */
  readonly base: number
  readonly derive: (scores: Float64Array, gradients: Float64Array, curvatures: Float64Array) => void
}

/** Log loss of targets from 0 to 1, for scores that become shares by the logistic function. Weights default to 1. */
export function logistic(targets: ArrayLike<number>, weights?: ArrayLike<number>): Objective {
  let [hit, all] = [0, 0]
  for (let i = 0; i < targets.length; i++) {
    const weight = weights?.[i] ?? 1
    hit += weight * (targets[i] ?? 0)
    all += weight
  }
  const share = Math.min(1 - 1e-6, Math.max(1e-6, hit / all))
  return {
    base: Math.log(share / (1 - share)),
    derive(scores, gradients, curvatures) {
      for (let i = 0; i < scores.length; i++) {
        const weight = weights?.[i] ?? 1
        const expected = 1 / (1 + Math.exp(-(scores[i] ?? 0)))
        gradients[i] = weight * (expected - (targets[i] ?? 0))
        curvatures[i] = weight * Math.max(1e-6, expected * (1 - expected))
      }
    },
  }
}

/**
 * Listwise loss (ListNet's top-one softmax, Cao and others 2007): within each group the scores are to rank as the targets do. Groups are
 * given by the index of their first row, in order; groups whose targets are all 0 teach nothing.
 */
export function softmax(targets: ArrayLike<number>, groupStarts: readonly number[]): Objective {
  return {
    base: 0,
    derive(scores, gradients, curvatures) {
      gradients.fill(0)
      curvatures.fill(1e-6)
      for (const [g, from] of groupStarts.entries()) {
        const to = groupStarts[g + 1] ?? scores.length
        let [sum, top, wanted] = [0, Number.NEGATIVE_INFINITY, 0]
        for (let i = from; i < to; i++) top = Math.max(top, scores[i] ?? 0)
        for (let i = from; i < to; i++) {
          sum += Math.exp((scores[i] ?? 0) - top)
          wanted += targets[i] ?? 0
        }
        if (wanted === 0) continue
        for (let i = from; i < to; i++) {
          const expected = Math.exp((scores[i] ?? 0) - top) / sum
          gradients[i] = expected - (targets[i] ?? 0) / wanted
          curvatures[i] = Math.max(1e-6, expected * (1 - expected))
        }
      }
    },
  }
}
