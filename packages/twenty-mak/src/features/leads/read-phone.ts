import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { ReadPhone } from 'twenty-mak-domain';

/** Reads telephone numbers by the numbering plans of all countries. */
export const readPhone: ReadPhone = (text, country) => {
  const number = parsePhoneNumberFromString(text, {
    ...(isSupportedCountry(country) ? { defaultCountry: country satisfies CountryCode } : {}),
    extract: false,
  });
  return number?.isValid() === true && number.ext === undefined ? number.number : null;
};
