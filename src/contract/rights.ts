export { denialReason, fleetDenialReason, type Rights } from '../domain/change-policy.ts';
