/** How a record's key or value is decoded. */
export const KEY_TYPES = ['string', 'bytearray', 'long', 'integer', 'short', 'double', 'float'].map((value) => ({ value, label: value }));

export const TIME_ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));
