/** Text that Markdown and its tables leave alone. */
export const textOf = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ')

/** Text in code style, also in a table. */
export const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``

/** Nothing at all when there is nothing in it. */
export const section = (title: string, parts: string[]): string => {
  const body = parts.filter(Boolean).join('\n\n')
  return body && `## ${title}\n\n${body}`
}

/** Nothing at all without rows. Columns without any entry are dropped. */
export const table = (heads: string[], rows: string[][]): string => {
  if (!rows.length) return ''
  const used = heads.map((_, i) => i).filter(i => rows.some(row => row[i]))
  const line = (cells: string[]) => `| ${used.map(i => cells[i] ?? '').join(' | ')} |`
  return [line(heads), `|${used.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
