/** The sentences of a text that fix what something means, or what holds from now on; as they were said. */
export const definitionsIn = (text: string): string[] =>
  text
    .split(/(?<=[.!?;])\s+|\s*\n\s*/)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence.length > 8 && fixes.some(pattern => pattern.test(sentence)))
    .map(sentence => (sentence.length > 300 ? `${sentence.slice(0, 299)}…` : sentence))

const fixes = [
  /\b(I|we) mean\b/i,
  /\b(means|meaning|stands? for)\b/i,
  /\b(define|defined as|definition of|is short for)\b/i,
  /\b(treat|count|consider|regard|take)\b.+\bas\b/i,
  /\b(call|name) (it|them|those|these|that|this|such)\b/i,
  /\b(from now on|in this (thread|conversation)|always|never|unless I say otherwise|remember|assume|assuming|keep in mind|for the rest)\b/i,
  /\blet('s|s| us)? (say|call|assume|take)\b/i,
]
