using JobStorages.Tests.Disks;

namespace JobStorages.CrashTests;

/// <summary>Each operation is ended before, or fails at, each of its file-system calls in turn.</summary>
public abstract class EveryCallContract
{
    private const int Eio = 5;
    private const int Eacces = 13;
    private const int Enospc = 28;
    private const int Erofs = 30;

    private readonly Func<TestDisk> _fresh;

    protected EveryCallContract(Func<TestDisk> fresh) => _fresh = fresh;

    public static TheoryData<string> Operations => [.. Enum.GetNames<Scenario.Operation>()];

    public static TheoryData<string, int> OperationsAndErrors
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string operation in Enum.GetNames<Scenario.Operation>())
            {
                foreach (int errno in new[] { Eio, Eacces, Enospc, Erofs })
                {
                    data.Add(operation, errno);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Kill_BeforeAnyCall_TheNextInstanceFindsOrder(string name)
    {
        Scenario.Operation operation = Enum.Parse<Scenario.Operation>(name);
        int calls = ForEachCall(operation, (scenario, n) =>
        {
            int made = CountAnd(scenario, n, scenario.Interception.Kill, () => scenario.Do(operation));

            // In any case the process ends here.
            scenario.Interception.Kill();
            scenario.AssertNothingIsHalfMadeOrLost();
            return made;
        });

        Figures.Note($"{GetType().Name}: {name}: killed before each of its {calls} calls");
    }

    [Theory]
    [MemberData(nameof(OperationsAndErrors))]
    public void Fail_AnyCall_NothingIsHalfMadeAndNothingUndocumentedIsThrown(string name, int errno)
    {
        Scenario.Operation operation = Enum.Parse<Scenario.Operation>(name);
        int calls = ForEachCall(operation, (scenario, n) =>
        {
            Exception? thrown = null;
            int made = CountAnd(scenario, n, () => throw Errno.ToException(errno), () => thrown = scenario.Do(operation));

            Assert.True(thrown is null || IsDocumented(operation, errno, thrown), $"Call {n}: {thrown}");
            scenario.AssertNothingIsHalfMadeOrLost();
            scenario.EndInstance();
            return made;
        });

        Figures.Note($"{GetType().Name}: {name}: errno {errno} at each of its {calls} calls");
    }

    private static int CountAnd(Scenario scenario, int n, Action atCall, Action act)
    {
        int calls = 0;
        scenario.Interception.Before = _ =>
        {
            if (Interlocked.Increment(ref calls) == n)
            {
                atCall();
            }
        };
        act();
        scenario.Interception.Before = null;
        return calls;
    }

    private static bool IsDocumented(Scenario.Operation operation, int errno, Exception thrown) => operation switch
    {
        Scenario.Operation.Open or Scenario.Operation.Allocate => errno switch
        {
            Enospc => thrown is InsufficientStorageException,
            Eacces => thrown is UnauthorizedAccessException,
            _ => thrown is IOException && thrown.HResult == errno,
        },
        Scenario.Operation.CleanUp => thrown is IOException or UnauthorizedAccessException,
        _ => false,
    };

    private int ForEachCall(Scenario.Operation operation, Func<Scenario, int, int> run)
    {
        for (int n = 1; ; n++)
        {
            using var scenario = new Scenario(_fresh(), operation);
            int calls = run(scenario, n);
            scenario.AssertTheNextInstanceFindsOrder();
            if (calls < n)
            {
                Assert.True(n > 5, "It makes more calls than that; were they intercepted?");
                return n - 1;
            }
        }
    }
}
