import type { Reloaded } from '#src/sources/reload.ts'
import type { Answer, Told } from '#src/vocabulary/answer.ts'
import { forAdmins } from './data-report.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed } from './reply.ts'
import type { UseCases } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-reload' }>>
type Words = Pick<Told, 'title' | 'paragraphs' | 'items'>

/** `data reload`: reads `chartroom.yaml` anew and says what changed, or all that is wrong with it. For admins; others are refused. */
export const runDataReload = async (run: Run, { reload }: Pick<UseCases, 'reload'>): Promise<Answer> => {
  const told = (words: Words) =>
    run.reply.told({
      domain: run.turn.domain ?? '',
      ...words,
      choices: [{ label: 'What is there', question: 'data' }],
    })
  return reload ? forAdmins(run, reload, reloaded => told(wordsOf(reloaded))) : told(nothingThere)
}

const nothingThere: Words = {
  title: 'Nothing to read anew',
  paragraphs: ['The data of this conversation was named when it began; there is no chartroom.yaml to read.'],
  items: [],
}

const wordsOf = (reloaded: Reloaded): Words => (reloaded.status === 'kept' ? problemsOf(reloaded) : changesOf(reloaded))

const changesOf = ({ added, changed, removed, settings }: Extract<Reloaded, { status: 'reloaded' }>): Words => {
  const lines = [
    added.length > 0 ? `New: ${listed(added, 'and')}.` : '',
    changed.length > 0 ? `Changed: ${listed(changed, 'and')}.` : '',
    removed.length > 0 ? `Gone: ${listed(removed, 'and')}.` : '',
    settings ? 'Roles, rooms or the default domain changed.' : '',
  ].filter(Boolean)
  return {
    title: 'chartroom.yaml was read anew',
    paragraphs: lines.length > 0 ? lines : ['Nothing is different.'],
    items: [],
  }
}

const problemsOf = ({ problems }: Extract<Reloaded, { status: 'kept' }>): Words => ({
  title: 'chartroom.yaml was not taken over',
  paragraphs: [
    `It has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}. All that ran before runs on as it was.`,
  ],
  items: problems.map(problem => {
    const [, line, text] = /^(line \d+): ([\s\S]*)$/.exec(problem) ?? []
    return { term: line ?? 'the file', text: text ?? problem }
  }),
})
