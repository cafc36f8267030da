declare module 'wink-nlp-utils' {
  const nlp: {
    tokens: { stem(tokens: string[]): string[] }
    string: { setOfNGrams(text: string, size: number): Set<string> }
  }
  export default nlp
}
