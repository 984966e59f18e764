import { client } from '../../api/client'
import type { ApproveBody, Case, RejectBody } from '../../api/types'

export type Decision =
  | { kind: 'approve'; body: ApproveBody }
  | { kind: 'reject' | 'take-down'; body: RejectBody }
  | { kind: 'reopen'; body: { note: string } }
  | { kind: 'restart' }
/** The decisions that are made in a form. */
export type DecisionKind = Exclude<Decision['kind'], 'restart'>

/** Sends a moderator's decision; the answer is the case as it then stands. */
export function sendDecision(
  caseId: string,
  decision: Decision,
  header: { 'Idempotency-Key': string },
): Promise<{ data?: Case }> {
  const params = { path: { case_id: caseId }, header }
  switch (decision.kind) {
    case 'approve':
      return client.POST('/api/v1/review/cases/{case_id}/approve', { params, body: decision.body })
    case 'reject':
      return client.POST('/api/v1/review/cases/{case_id}/reject', { params, body: decision.body })
    case 'take-down':
      return client.POST('/api/v1/review/cases/{case_id}/take-down', {
        params,
        body: decision.body,
      })
    case 'reopen':
      return client.POST('/api/v1/review/cases/{case_id}/reopen', { params, body: decision.body })
    case 'restart':
      return client.POST('/api/v1/review/cases/{case_id}/restart', {
        params: { path: params.path },
      })
  }
}
