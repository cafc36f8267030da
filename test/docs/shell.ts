/** One command of a shell block: settings in front of it, and its words. */
export type ShellCommand = { settings: string[]; words: string[]; text: string }

/** The commands of a block: lines, joined where they end in a backslash, split at `&&`, `||`, `;`, `|` and `&`; comments, prompts and outputs of redirections left out. */
export const commandsOf = (block: string): ShellCommand[] =>
  block
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.replace(/^\s*[$>] /, '').trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .flatMap(line => splitCommands(wordsOf(line)))
    .map(words => {
      const first = words.findIndex(word => !/^[A-Za-z_]\w*=/.test(word))
      const from = first === -1 ? words.length : first
      const settings = words.slice(0, from).map(word => word.replace(/=[\s\S]*/, ''))
      return { settings, words: words.slice(from), text: words.join(' ') }
    })

const separators = ['&&', '||', ';', '|', '&']

const splitCommands = (words: string[]): string[][] => {
  const commands: string[][] = [[]]
  let skip = false
  for (const word of words) {
    if (skip) skip = false
    else if (separators.includes(word)) commands.push([])
    else if (/^\d?(>>?|<)$/.test(word)) skip = true
    else if (!/^\d?(>>?|<)/.test(word)) commands.at(-1)?.push(word)
  }
  return commands.filter(command => command.length > 0)
}

/** Words as a shell splits them: quotes hold together, ` #` starts a comment. */
const wordsOf = (line: string): string[] => {
  const found = line.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\;|&]|&(?=\d))+|&&|\|\||[;|&]/g)
  const words: string[] = []
  for (const [word] of found) {
    if (word.startsWith('#')) break
    words.push(separators.includes(word) ? word : unquoted(word))
  }
  return words
}

const unquoted = (word: string) =>
  word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
    double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped),
  )
