import type { Domain } from '../domain.ts'

/** A domain that says when it is used, so that what it stands on is not closed under a question. Closing it closes nothing. */
export const watched = (domain: Domain, use: () => () => void): Domain => {
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = use()
    try {
      return await work()
    } finally {
      end()
    }
  }
  const { model, notes, source, warnings, dialect } = domain
  return {
    ...{ model, notes, source, warnings, dialect },
    knowledge: () => during(() => domain.knowledge()),
    run: (query, options) => during(() => domain.run(query, options)),
    runText: (sql, options) => during(() => domain.runText(sql, options)),
    runOurs: (statement, options) => during(() => domain.runOurs(statement, options)),
    version: () => during(() => domain.version()),
    rowCount: table => during(() => domain.rowCount(table)),
    as: sight => watched(domain.as(sight), use),
    close: async () => undefined,
  }
}
