using System.Buffers;
using System.Runtime.CompilerServices;

namespace JobStorages;

/// <summary>
/// The one rule for job ids. It makes traversal impossible to spell, names portable, and everything under the root whose
/// name is no job id (<c>lost+found</c>, our own dot-names) recognisable as not ours to delete.
/// </summary>
internal static class JobId
{
    public const int MaxLength = 128;

    private const string Rule =
        "A job id starts with a letter or digit, continues with letters, digits, '.', '_' and '-' (ASCII), has at most 128 " +
        "characters, does not end with '.' and is not a Windows device name.";

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsValid(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(id[0])
        && !id.ContainsAnyExcept(s_allowed)
        && id[^1] != '.'
        && !IsDeviceName(id);

    public static void Validate(string? id, [CallerArgumentExpression(nameof(id))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(id, parameter);
        if (!IsValid(id))
        {
            throw new ArgumentException($"'{Printable.Excerpt(id)}' is not a job id. {Rule}", parameter);
        }
    }

    // Windows resolves these names to devices in every directory, in any case and with any extension:
    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    private static bool IsDeviceName(ReadOnlySpan<char> id)
    {
        int dot = id.IndexOf('.');
        ReadOnlySpan<char> stem = dot < 0 ? id : id[..dot];
        return stem.Length switch
        {
            3 => stem.Equals("CON", StringComparison.OrdinalIgnoreCase)
                || stem.Equals("PRN", StringComparison.OrdinalIgnoreCase)
                || stem.Equals("AUX", StringComparison.OrdinalIgnoreCase)
                || stem.Equals("NUL", StringComparison.OrdinalIgnoreCase),
            4 => stem[3] is >= '1' and <= '9'
                && (stem[..3].Equals("COM", StringComparison.OrdinalIgnoreCase)
                    || stem[..3].Equals("LPT", StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }
}
