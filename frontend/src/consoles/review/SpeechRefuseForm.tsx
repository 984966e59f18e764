import { useQuery } from '@tanstack/react-query'
import { speechReasonsQuery } from '../../speech/queries'
import { RefuseForm } from './RefuseForm'

/** Why something that somebody said is not shown. */
export function SpeechRefuseForm(props: {
  isSubmitting: boolean
  onSubmit: (body: { reason: string; note: string }) => void
  onCancel: () => void
}) {
  return <RefuseForm reasons={useQuery(speechReasonsQuery)} defaultReason="abuse" {...props} />
}
