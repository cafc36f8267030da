import type { Effects } from '#src/effects.ts'
import type { Audit, AuditEntry } from '#src/store/audit.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { readReportWords } from './report-words.ts'

/** A question as an admin sees it; `at` in ISO, `who` an id, absent for the machine's own user. */
export type AuditLine = Pick<AuditEntry, 'place' | 'domain' | 'question' | 'outcome' | 'code' | 'rows' | 'ms'> & {
  at: string
  who?: string
}

/** The latest questions, the latest first; `label` says of what. Or the words that were not understood. */
export type AuditReport = { label: string; lines: AuditLine[]; unread: string[] }

export type ReportRequest = { words: string; asker?: Asker }

/** How many are told. */
const most = 20

/** What `data audit` shows. Whether whoever asks may see it is for the caller to know (`mayManage`). Throws `state/…`. */
export const auditReport = async (
  { audit }: { audit: Pick<Audit, 'read'> },
  { words, asker }: ReportRequest,
  { now }: Pick<Effects, 'now'>,
): Promise<AuditReport> => {
  const { filter, label, unread } = readReportWords(words, { asker, now: now() })
  if (unread.length > 0) return { label, lines: [], unread }
  const entries = await audit.read({ ...filter, most })
  return { label, lines: entries.map(lineOf), unread }
}

const lineOf = ({ at, owner, place, domain, question, outcome, code, rows, ms }: AuditEntry & { at: number }) => ({
  at: new Date(at).toISOString(),
  ...(owner ? { who: owner.user } : {}),
  ...(place === undefined ? {} : { place }),
  ...(domain === undefined ? {} : { domain }),
  question,
  outcome,
  ...(code === undefined ? {} : { code }),
  ...(rows === undefined ? {} : { rows }),
  ms,
})
