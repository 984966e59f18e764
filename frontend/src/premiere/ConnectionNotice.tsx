import { useMessages } from '../i18n/messages'
import { premiereMessages } from './messages'
import type { PremiereConnection } from './usePremiere'

/** Says when the connection, or the server, is down. */
export function ConnectionNotice({
  connection,
  className,
}: {
  connection: PremiereConnection['connection']
  className?: string
}) {
  const t = useMessages(premiereMessages)
  return (
    <p className={className} role="status">
      {connection !== 'up' && <span>{t(connection)}</span>}
    </p>
  )
}
