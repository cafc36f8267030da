import { readFile } from 'node:fs/promises'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { buildModel } from './load/build.ts'
import { type Problem, problemLines, type Report } from './load/problem.ts'
import { parseYaml } from './load/yaml.ts'
import type { Model } from './model.ts'

/**
 * Reads a semantic model from the text of a file. `path` only names the file in errors.
 * @throws ChartroomError `model/invalid` that tells all problems at once, each with its line.
 */
export const loadModel = (text: string, path: string): Model => {
  const file = parseYaml(text)
  const problems: Problem[] = [...file.problems]
  if (!('value' in file))
    throw ChartroomError.of('model/invalid', { path, problems: problemLines(problems, () => undefined) })
  const report: Report = (at, message, key) => problems.push({ path: at, message, key })
  const model = buildModel(file.value, report)
  if (problems.length) throw ChartroomError.of('model/invalid', { path, problems: problemLines(problems, file.lineOf) })
  return model
}

/** Reads a model file. @throws ChartroomError `source/missing` or `model/invalid`. */
export const readModel = async (path: string): Promise<Model> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw ChartroomError.of('source/missing', { path }, cause)
  })
  return loadModel(text, path)
}
