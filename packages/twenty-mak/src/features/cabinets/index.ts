/*
 * bidderProfiles(tx, tenantId, accountIds): Map by head account
 *   what an auction wants to know of companies: cities, niches, grade, capacity, and whether they may bid at all
 */
export { CompanyProfileEntity, RegistrationEntity } from './cabinets.entity.ts';
export { CabinetsModule } from './cabinets.module.ts';
export { bidderProfiles } from './companies.repository.ts';
export type { CompanyBidder } from './companies.repository.ts';
