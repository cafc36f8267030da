import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { English } from './question/lexicon.ts'

/** Words of English that mean something in data, whatever the data is. */
export const loadEnglish = async (): Promise<English> =>
  parse(await readFile(new URL('../sql/lexicon/english.yaml', import.meta.url), 'utf8')) as English
