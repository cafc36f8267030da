import { createRequire } from 'node:module'
import type * as tinyld from 'tinyld'
import type { Model } from '#src/semantic/model.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Reply } from './reply.ts'
import { maxLength } from './tokens.ts'

/** A text that no reading can come of: empty, no words, far too long, another script. @throws ChartroomError never. */
export const checkText = (text: string, model: Model): Reply | undefined => {
  const choices = model.examples.slice(0, 3).map(question => ({ label: question, question }))
  const plain = text.trim()
  if (plain === '') return { message: 'There is no question here. Try one of these:', choices }
  if (plain.length > maxLength)
    return {
      message:
        ChartroomError.of('input/too-long', { length: plain.length, max: maxLength }).message +
        ' Ask it in a sentence or two.',
      choices,
    }
  if (!/[\p{L}\p{N}]/u.test(plain))
    return { message: 'I see no words in this. Ask in plain English, for example:', choices }
  const latin = (plain.match(/\p{Script=Latin}/gu) ?? []).length
  const letters = (plain.match(/\p{L}/gu) ?? []).length
  if (letters > 0 && latin / letters < 0.5)
    return { message: 'I read questions in English only. For example:', choices }
  return undefined
}

/** The language that a text seems to be in, as an English name, when it is surely not English. */
export const foreignLanguage = (text: string): string | undefined => {
  // Of a few words, half of them names of columns, the guess is often wrong.
  if (text.split(/\s+/).length < 3 || english.test(text)) return undefined
  const [likeliest] = detector().detectAll(text)
  if (!likeliest || likeliest.lang === 'en' || likeliest.accuracy < sure) return undefined
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(likeliest.lang)
}

let loaded: typeof tinyld | undefined

/** Half a megabyte of profiles, and most texts need none. */
const detector = (): typeof tinyld => {
  loaded ??= createRequire(import.meta.url)('tinyld') as typeof tinyld
  return loaded
}

/** English words of a trade get less in any other language, sentences of another one more. */
const sure = 0.1

const english = /(?<![\p{L}])(?:by|the|how|what|which|many|much|and|show|with|from|where|did|our)(?![\p{L}])/iu
