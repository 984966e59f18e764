/** What viewers see of what is made together, one chunk beside the pages that show it. */
export { Credits } from './Credits'
export { ProposalList } from './ProposalList'
