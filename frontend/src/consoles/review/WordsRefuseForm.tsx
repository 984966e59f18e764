import { useQuery } from '@tanstack/react-query'
import { reviewReasonsQuery } from './queries'
import { RefuseForm } from './RefuseForm'

/** Why new words do not go on stage. */
export function WordsRefuseForm(props: {
  isSubmitting: boolean
  onSubmit: (body: { reason: string; note: string }) => void
  onCancel: () => void
}) {
  return <RefuseForm reasons={useQuery(reviewReasonsQuery)} defaultReason="words" {...props} />
}
