/** How a check went. `sentence` says what is; `fix` what to do about it. */
export type Finding = { status: 'ok' | 'warn' | 'fail'; sentence: string; fix?: string }

/** One thing to look at. A check gets what it needs when it is made; what it throws counts as a failure. */
export type Check = { name: string; run: () => Promise<Finding> | Finding }

export const ok = (sentence: string): Finding => ({ status: 'ok', sentence })
export const warn = (sentence: string, fix: string): Finding => ({ status: 'warn', sentence, fix })
export const fail = (sentence: string, fix: string): Finding => ({ status: 'fail', sentence, fix })
