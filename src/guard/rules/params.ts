import type { Rule } from '../rule.ts'

/** `$1` needs a value that only our compiler binds. */
export const params: Rule = {
  name: 'params',
  check: (outline, { params: welcome = 'none' }) =>
    welcome === 'compiled'
      ? []
      : outline.params.map(({ at }) => ({ message: 'placeholders have no value here; write the value', at })),
}
