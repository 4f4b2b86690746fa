import { type CustomTypesConfig, types } from 'pg'

type TypeId = Parameters<typeof types.getTypeParser>[0]
const INT8: TypeId = types.builtins.INT8
/** _int8 of pg_type; pg's own list has no arrays. */
const INT8_ARRAY = 1016 as TypeId

/**
 * How values of the database become JavaScript's. As `pg` does it (timestamptz is a Date), but a bigint is a number
 * as long as a number can hold it: sizes and counts are. Beyond 2^53 it is a BigInt, never a rounded number.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: TypeId, format: 'text' | 'binary' = 'text') => {
    if (format === 'text' && oid === INT8) return parseInt8
    if (format === 'text' && oid === INT8_ARRAY) {
      const toTexts = types.getTypeParser(INT8_ARRAY, 'text') as (text: string) => (string | null)[]
      return (text: string) => toTexts(text).map((each) => (each === null ? null : parseInt8(each)))
    }
    return types.getTypeParser(oid, format)
  }) as CustomTypesConfig['getTypeParser'],
}

function parseInt8(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
