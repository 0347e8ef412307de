// How many text messages a text costs: 3GPP TS 23.038, as in knowledge_base/sms.py; other characters cost UCS-2.
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const EXTENDED = new Set("^{}\\[~]|€");

export function segments(text) {
  const characters = [...text];
  if (characters.some((c) => !BASIC.has(c) && !EXTENDED.has(c))) return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  const length = characters.reduce((sum, c) => sum + (EXTENDED.has(c) ? 2 : 1), 0);
  return length <= 160 ? 1 : Math.ceil(length / 153);
}
