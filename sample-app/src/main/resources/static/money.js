/**
 * Adds amounts of money exactly: they are decimal texts, and binary floating point would
 * invent cents.
 */
export function add(first, second) {
	const scale = Math.max(decimals(first), decimals(second));
	const sum = (scaled(first, scale) + scaled(second, scale)).toString().padStart(scale + 1, "0");
	const whole = sum.slice(0, sum.length - scale);
	const fraction = sum.slice(sum.length - scale).replace(/0+$/, "");
	return fraction ? `${whole}.${fraction}` : whole;
}

export function money(amount, currency) {
	return (currency === "USD") ? `$${amount}` : `${amount} ${currency}`;
}

/** Shortens a sum to what the eye needs: four significant digits, cents at least. */
export function shortMoney(amount, currency) {
	const value = Number(amount);
	if (value === 0) {
		return money("0", currency);
	}
	const digits = Math.min(Math.max(2, 3 - Math.floor(Math.log10(value))), 12);
	return money(value.toFixed(digits).replace(/(\.\d{2}\d*?)0+$/, "$1"), currency);
}

function decimals(amount) {
	return (amount.split(".")[1] ?? "").length;
}

function scaled(amount, scale) {
	const [whole, fraction = ""] = amount.split(".");
	return BigInt(whole + fraction.padEnd(scale, "0"));
}
