using System.Globalization;
using System.Text;

namespace JobStorages;

/// <summary>Makes a text from outside fit for a message: bounded, and without characters that could forge a log line.</summary>
internal static class Printable
{
    private const int MaxLength = 160;

    public static string Excerpt(string text)
    {
        var printable = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            _ = char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029'
                ? printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : printable.Append(c);
        }

        return text.Length > MaxLength ? printable.Append('…').ToString() : printable.ToString();
    }
}
