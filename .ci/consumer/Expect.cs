namespace Consumer;

internal static class Expect
{
    public static void That(bool holds, string expectation)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Expected, but not so: {expectation}");
        }
    }

    public static void Throws<T>(Action action, string inMessage)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T e)
        {
            That(e.Message.Contains(inMessage, StringComparison.Ordinal), $"'{inMessage}' in the message: {e.Message}");
            return;
        }

        That(false, $"{typeof(T).Name} about '{inMessage}'");
    }
}
