import { describeModel } from './describe-model.ts'
import { type Example, nearestExamples } from './examples.ts'
import { fillIn } from './prompts.ts'
import type { Unread } from './unread.ts'

/** What a language model is told before the question: how to work, what the data means, and the worked examples that are most like the question. */
export const planText = (
  text: string,
  { text: question, domain, knowledge, today }: Unread,
  examples: readonly Example[],
): string => {
  const worked = nearestExamples(question, examples, mostExamples)
    .map(({ question: q, query, sql }) => `- ${JSON.stringify(q)}: ${sql ?? JSON.stringify(query)}`)
    .join('\n')
  return fillIn(text, {
    dialect: domain.dialect === 'postgres' ? 'PostgreSQL' : 'DuckDB',
    today,
    model: describeModel(domain.model, knowledge),
    examples: worked ? `Worked examples of this domain:\n${worked}` : '',
  })
}

const mostExamples = 4

/** The question, after the rules of the domain and what was said before. */
export const askedText = ({ text, before, rules = [] }: Unread): string =>
  [bullets('Rules of this domain', rules), bullets('Said before in this conversation', before), `Question: ${text}`]
    .filter(Boolean)
    .join('\n\n')

const bullets = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? `${title}:\n${lines.map(line => `- ${line}`).join('\n')}` : ''
