/** What the theatre's address says is looked for. */
export interface TheatreSearch {
  q?: string
  genre?: string
}
