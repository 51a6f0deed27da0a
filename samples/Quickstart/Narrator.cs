namespace JobStorages.Quickstart;

/// <summary>Tells the reader what happens, and ends the program when something it is about to tell is not true.</summary>
internal static class Narrator
{
    private const int QuoteWidth = 92;

    public static void Step(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
    }

    public static void Line(string text) => Console.WriteLine($"   {text}");

    public static void Quote(string message)
    {
        string line = string.Empty;
        foreach (string word in message.Split(' '))
        {
            if (line.Length + word.Length >= QuoteWidth)
            {
                Line($"    {line}");
                line = string.Empty;
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        Line($"    {line}");
    }

    public static void Confirm(bool holds, string claim)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"This should have been true and is not: {claim}");
        }

        Line($"ok  {claim}");
    }
}
