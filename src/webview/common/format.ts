import { fill, formatPower } from '../../protocol/wording';

/** 29 → "0:29", 725 → "12:05", 3729 → "1:02:09". Negative and not finite durations count as 0. */
export function formatDuration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Seconds a step takes, in three significant digits at most: "0.184", "1.27", "12". */
export function formatSeconds(seconds: number, locale: string): string {
  return seconds.toLocaleString(locale, { maximumSignificantDigits: 2 });
}

/** A loss in three significant digits, with an exponent where it is small or large: "0.0123", "4.56e-5". */
export function formatLoss(value: number, locale: string): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace('e+', 'e');
  return value.toLocaleString(locale, { maximumSignificantDigits: 3, useGrouping: false });
}

/** A loss beside an axis, where the numbers are round: as other losses are, but "10⁵" and "2·10⁻⁴". */
export function formatTick(value: number, locale: string): string {
  const isPlain = value === 0 || (value >= 1e-3 && value < 1e5);
  return isPlain ? formatLoss(value, locale) : formatPower(Number(value.toPrecision(3)));
}

export function formatCount(value: number, locale: string): string {
  return value.toLocaleString(locale, { maximumFractionDigits: 0 });
}

/** A fraction in 0 … 1 in three digits at most, or "<0.001%": nobody counts zeros. */
export function formatPercent(fraction: number, locale: string): string {
  if (fraction > 0 && fraction < 1e-5) return `<${formatPercent(1e-5, locale)}`;
  const digits = fraction < 0.1 && fraction > 0 ? 2 : 3;
  return fraction.toLocaleString(locale, { style: 'percent', maximumSignificantDigits: digits });
}

/** Texts with a `{number}` for each unit of a file's size. */
export interface ByteUnits {
  readonly byteCount: string;
  readonly kilobytes: string;
  readonly megabytes: string;
}

/** Decimal units, as the explorers of the systems show them. */
export function formatBytes(bytes: number, units: ByteUnits, locale: string): string {
  const [unit, size] =
    bytes < 1000
      ? ['byteCount' as const, 1]
      : bytes < 999_500
        ? ['kilobytes' as const, 1e3]
        : ['megabytes' as const, 1e6];
  const number = (bytes / size).toLocaleString(locale, {
    maximumFractionDigits: unit === 'megabytes' && bytes < 1e8 ? 1 : 0,
  });
  return fill(units[unit], { number });
}
