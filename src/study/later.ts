import type { Period } from '#src/vocabulary/period.ts'

/** Whether what a period is compared with came after it: then nothing rose or fell, it was higher or lower. */
export const isLater = (versus: Period, period: Period | undefined): boolean =>
  period !== undefined && versus.start > period.start
