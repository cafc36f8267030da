import type { TextRule } from '../rule.ts'

/** Characters that cannot be seen: they make SQL read differently from what it does. */
export const characters: TextRule = {
  name: 'characters',
  check: (sql, { params = 'none' }) => {
    const found = (params === 'compiled' ? control : unseen).exec(sql)
    if (!found) return []
    const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    return [
      { message: `the character U+${code} may not stand in SQL`, at: Buffer.byteLength(sql.slice(0, found.index)) },
    ]
  },
}

/** Everything but tab, line feed and carriage return. */
const control = /(?![\t\n\r])\p{Cc}/u
/** The same, and format characters (zero width, direction), lone surrogates, unassigned ones, and spaces other than the plain one. */
export const unseen = /(?![\t\n\r])\p{Cc}|\p{Cf}|\p{Cs}|\p{Cn}|\p{Co}|\p{Zl}|\p{Zp}|(?! )\p{Zs}/u
