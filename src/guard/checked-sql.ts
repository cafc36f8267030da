declare const checked: unique symbol

/** SQL that the guard let through. Only `src/guard/guard.ts` makes one; `Engine.run` takes nothing else. */
export type CheckedSql = { readonly text: string; readonly [checked]: true }
