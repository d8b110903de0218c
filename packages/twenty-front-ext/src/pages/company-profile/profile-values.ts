import type {
  CompanyProfileFieldsFragment,
  EditCompanyProfileInput,
  LegalForm,
} from '../../generated/graphql.ts';

/** What the form edits. */
export interface ProfileValues {
  readonly companyName: string;
  readonly legalForm: LegalForm | '';
  readonly taxNumber: string;
  readonly phone: string;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  /** Empty: none. */
  readonly grade: string;
  /** Digits; empty: no limit. */
  readonly leadCapacity: string;
  readonly version: number;
}

/** `titleOf` names cities and niches; the server reads titles as well as keys. */
export function valuesOf(
  profile: CompanyProfileFieldsFragment,
  titleOf: (key: string) => string,
): ProfileValues {
  const { companyName, cities, niches, version } = profile;
  return {
    companyName,
    legalForm: profile.legalForm ?? '',
    taxNumber: profile.taxNumber ?? '',
    phone: profile.phone ?? '',
    cities: cities.map(titleOf),
    niches: niches.map(titleOf),
    grade: profile.grade ?? '',
    leadCapacity: profile.leadCapacity === null ? '' : String(profile.leadCapacity),
    version,
  };
}

/** The input of the mutation for what was changed. A number or a tax number is replaced, never taken away. */
export function inputOf(version: number, changes: Partial<ProfileValues>): EditCompanyProfileInput {
  const { companyName, legalForm, taxNumber, phone, cities, niches, grade, leadCapacity } = changes;
  return {
    version,
    ...(companyName === undefined ? {} : { companyName }),
    ...(legalForm === undefined || legalForm === '' ? {} : { legalForm }),
    ...(taxNumber === undefined ? {} : { taxNumber }),
    ...(phone === undefined ? {} : { phone }),
    ...(cities === undefined ? {} : { cities: [...cities] }),
    ...(niches === undefined ? {} : { niches: [...niches] }),
    ...(grade === undefined ? {} : { grade: grade === '' ? null : grade }),
    ...(leadCapacity === undefined
      ? {}
      : { leadCapacity: leadCapacity === '' ? null : Number(leadCapacity) }),
  };
}

/** Texts without the spaces around them, as they are sent. */
export function trimmed(values: ProfileValues): ProfileValues {
  return {
    ...values,
    companyName: values.companyName.trim(),
    taxNumber: values.taxNumber.trim(),
    phone: values.phone.trim(),
    grade: values.grade.trim(),
    leadCapacity: values.leadCapacity.trim(),
  };
}
