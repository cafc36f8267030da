import type { ColumnType } from '#src/vocabulary/table.ts'

/** What a type of PostgreSQL is to questions; undefined for what they cannot use, such as JSON, arrays and shapes. */
export const columnType = ({ type, enum: isEnum }: { type: string; enum: boolean }): ColumnType | undefined => {
  if (isEnum) return 'text'
  return types.find(([names]) => names.test(type))?.[1]
}

const types: [RegExp, ColumnType][] = [
  [/^int[248]$/, 'integer'],
  [/^(numeric|float[48]|money)$/, 'number'],
  [/^bool$/, 'boolean'],
  [/^date$/, 'date'],
  [/^timestamp(tz)?$/, 'timestamp'],
  [/^(text|varchar|bpchar|char|name|citext|uuid)$/, 'text'],
]
