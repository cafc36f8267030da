import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { buildModel } from './load/build.ts'
import { type Foreign, reportAtOrigin } from './load/foreign.ts'
import { fromOssie, isOssie } from './load/ossie.ts'
import { type Path, type Problem, problemLines, type Report } from './load/problem.ts'
import { fromStudio, isStudio } from './load/studio.ts'
import { parseYaml } from './load/yaml.ts'
import type { Model } from './model.ts'

/**
 * Reads a semantic model from the text of a file: our YAML, the JSON of Analytics Studio, or an Apache Ossie document. `path` only names the file in errors.
 * @throws ChartroomError `model/invalid` that tells all problems at once, each with its line.
 */
export const loadModel = (text: string, path: string): Model => {
  const file = parseYaml(text)
  const problems: Problem[] = [...file.problems]
  if (!('value' in file))
    throw ChartroomError.of('model/invalid', { path, problems: problemLines(problems, () => undefined) })
  const report: Report = (at, message, key) => {
    problems.push({ path: at, message, key })
  }
  const foreign = foreignShape(file.value, path, report)
  const model = foreign ? fromForeign(foreign, { problems, lineOf: file.lineOf }) : buildModel(file.value, report)
  if (problems.length) throw ChartroomError.of('model/invalid', { path, problems: problemLines(problems, file.lineOf) })
  return model
}

/** Reads a model file. @throws ChartroomError `source/missing`, `source/unreadable` or `model/invalid`. */
export const readModel = async (path: string): Promise<Model> => {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw ChartroomError.of('source/missing', { path }, cause)
    const reason = cause.code === 'EISDIR' ? 'it is a folder' : 'it may not be read'
    throw ChartroomError.of('source/unreadable', { path, reason }, cause)
  })
  return loadModel(text, path)
}

const foreignShape = (value: Record<string, unknown>, path: string, report: Report): Foreign | undefined => {
  if (isOssie(value)) return fromOssie(value, report)
  return isStudio(value) ? fromStudio(value, basename(path, extname(path)), report) : undefined
}

const fromForeign = (
  { value, origins, confessions }: Foreign,
  to: { problems: Problem[]; lineOf: (path: Path) => number },
): Model => {
  const report = reportAtOrigin(origins, (path, origin, message) =>
    to.problems.push({ path, message, line: to.lineOf(origin) }),
  )
  const model = buildModel(value, report)
  return { ...model, confessions: { ...confessions, ...model.confessions } }
}
