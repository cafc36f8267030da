import { grains } from '#src/vocabulary/period.ts'
import { timeParts } from '../model.ts'
import type { Path, Report } from './problem.ts'
import { sameWord } from './words.ts'
import type { Entries, Written } from './written.ts'

/** Checks names, and that no word means two things of the same kind. */
export const checkNames = (written: Written, report: Report): void => {
  for (const section of ['dimensions', 'measures', 'filters', 'kpis'] as const) {
    for (const name of written[section].names) checkName([section, name], name, report)
  }
  for (const name of written.measures.names) {
    if (written.dimensions.names.has(name))
      report(['measures', name], `there is a dimension called ${name} as well; both can be columns of one answer`)
  }
  for (const section of ['tables', 'dimensions', 'measures', 'filters', 'kpis'] as const)
    checkWords(section, written[section], report)
  checkPhrases(written.phrases, report)
}

const reserved = new Set<string>([...grains, ...timeParts, 'time', 'change'])

const checkName = (path: Path, name: string, report: Report) => {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    report(path, 'a name has lower-case letters, digits and _ and starts with a letter')
  else if (reserved.has(name)) report(path, `the name "${name}" is taken: it is a grain or a part of the time`)
}

type Worded = { label?: string; synonyms: string[] }

const checkWords = (section: string, { valid }: Entries<Worded>, report: Report) => {
  const owners = new Map<string, string>()
  for (const name of valid.keys()) owners.set(sameWord(name), name)
  for (const [name, { label, synonyms }] of valid) {
    for (const word of [...(label ? [label] : []), ...synonyms])
      claim(word, name, { owners, path: [section, name], report })
  }
}

const checkPhrases = (phrases: Written['phrases'], report: Report) => {
  const owners = new Map<string, string>()
  for (const { at, item } of phrases) {
    for (const word of [item.phrase, ...item.synonyms])
      claim(word, item.phrase, { owners, path: ['phrases', at], report })
  }
}

const claim = (
  word: string,
  name: string,
  { owners, path, report }: { owners: Map<string, string>; path: Path; report: Report },
) => {
  const owner = owners.get(sameWord(word))
  if (owner !== undefined && owner !== name) report(path, `"${word}" already means ${owner}`, 'synonyms')
  else owners.set(sameWord(word), name)
}
