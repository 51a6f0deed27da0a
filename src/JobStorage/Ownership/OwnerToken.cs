using System.Globalization;

namespace JobStorages.Ownership;

/// <summary>
/// One incarnation of a job: the instance that prepared it, and the number it gave to the preparation. Neither an
/// instance nor a number is ever used again, so two jobs of one id never have the same token.
/// </summary>
internal readonly record struct OwnerToken(string Instance, long Number)
{
    public static bool TryParse(ReadOnlySpan<char> text, out OwnerToken token)
    {
        token = default;
        ReadOnlySpan<char> trimmed = text.TrimEnd('\n');
        int space = trimmed.IndexOf(' ');
        if (space < 0
            || !RootLayout.IsInstance(trimmed[..space])
            || !long.TryParse(trimmed[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        token = new OwnerToken(trimmed[..space].ToString(), number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instance} {Number}");
}
