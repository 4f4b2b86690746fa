/** Whether a name is one line that can be read: no control letters, and none that turn the direction of what follows or take no room. */
export function isWellMeantName(name: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(name.replaceAll('\u200d', ''))
}
