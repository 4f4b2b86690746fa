/**
 * Does one thing after the other, in the order in which they are asked for, so that all of them together never take more than one connection of the
 * pool. A failure is told to whoever asked, and the next one is done all the same.
 */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = before.then(work)
    before = done.catch(() => undefined)
    return done
  }
}
