/** The search of the browse page, as its address holds it. */
export interface TheatreSearch {
  q?: string
  genre?: string
}
