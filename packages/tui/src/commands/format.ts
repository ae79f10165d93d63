const grouped = new Intl.NumberFormat("en-US");

/** A number with its thousands apart: `12,345`. */
export function count(value: number): string {
  return grouped.format(value);
}

/** A number and its noun: `1 message`, `2 messages`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** US dollars, as many digits as tell something: `$0.0042`, `$12.30`. */
export function dollars(value: number): string {
  return `$${value.toFixed(value > 0 && value < 0.1 ? 4 : 2)}`;
}

/** Bytes in their largest unit: `3.4 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const kilo = value / 1000;
  return kilo < 1000 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} kB` : `${(kilo / 1000).toFixed(1)} MB`;
}
