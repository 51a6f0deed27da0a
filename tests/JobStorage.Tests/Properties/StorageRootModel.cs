using CsCheck;
using JobStorages.Tests.Disks;

namespace JobStorages.Tests.Properties;

/// <summary>Random sequences of calls by two instances on one root, against a dictionary that says what should be there.</summary>
public abstract class StorageRootModel
{
    private readonly Gen<ModelStep> _step;

    protected StorageRootModel(params string[] ids) => _step = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(ModelOperation.Allocate)),
            (4, Gen.Const(ModelOperation.Write)),
            (3, Gen.Const(ModelOperation.Release)),
            (2, Gen.Const(ModelOperation.ReleaseAsync)),
            (1, Gen.Const(ModelOperation.CleanUp)),
            (1, Gen.Const(ModelOperation.Restart)),
            (1, Gen.Const(ModelOperation.Crash))),
        Gen.OneOf(ids),
        Gen.Int[0, 1],
        (operation, id, instance) => new ModelStep(operation, id, instance));

    protected abstract int Iterations { get; }

    protected abstract TestDisk Fresh();

    [Fact]
    public void AnySequence_OfTwoInstances_DoesAsTheModel() =>
        _step.Array[0, 40].Sample(steps => Run(steps), iter: Iterations, print: steps => string.Join(' ', steps.AsEnumerable()));

    private void Run(ModelStep[] steps)
    {
        using TestDisk disk = Fresh();
        Interception[] processes = [new(disk.FileSystem), new(disk.FileSystem)];
        StorageRoot[] instances = [Open(0), Open(1)];

        // What should be there: id, owner, and the files written so far.
        var model = new Dictionary<string, (int Owner, HashSet<string> Files)>(StringComparer.Ordinal);
        foreach ((ModelOperation operation, string id, int n) in steps)
        {
            switch (operation)
            {
                case ModelOperation.Allocate when model.ContainsKey(id):
                    Assert.Equal(id, Assert.Throws<JobAlreadyExistsException>(() => instances[n].AllocateJob(id)).JobId);
                    break;
                case ModelOperation.Allocate:
                    Assert.Equal(disk.InRoot(id), instances[n].AllocateJob(id).Root);
                    model.Add(id, (n, []));
                    break;
                case ModelOperation.Write:
                    if (instances[n].TryGetJob(id, out JobStorage? job))
                    {
                        string name = $"output/file-{model[id].Files.Count}";
                        disk.Write(job.PathTo(name));
                        model[id].Files.Add(name);
                    }

                    break;
                case ModelOperation.Release:
                    instances[n].ReleaseJob(id);
                    model.Remove(id);
                    break;
                case ModelOperation.ReleaseAsync:
                    instances[n].ReleaseJobAsync(id).GetAwaiter().GetResult();
                    model.Remove(id);
                    break;
                case ModelOperation.CleanUp:
                    instances[n].CleanupAll();
                    RemoveJobsOf(n);
                    break;
                case ModelOperation.Restart:
                    instances[n].Dispose();
                    RemoveJobsOf(n);
                    instances[n] = Open(n);
                    break;
                case ModelOperation.Crash:
                    processes[n].Kill();
                    processes[n] = new Interception(disk.FileSystem);
                    RemoveJobsOf(n);
                    instances[n] = Open(n);
                    break;
                default:
                    throw new InvalidOperationException($"No such operation: {operation}");
            }

            Check();
        }

        instances[0].Dispose();
        instances[1].Dispose();
        Assert.Empty(disk.NamesInRoot());
        Assert.Equal(["sweep.lock"], disk.Names(disk.InRoot(".jobstorage")));

        StorageRoot Open(int process) => new(disk.Root, processes[process].FileSystem);

        void RemoveJobsOf(int owner)
        {
            foreach (string id in model.Where(job => job.Value.Owner == owner).Select(job => job.Key).ToArray())
            {
                model.Remove(id);
            }
        }

        void Check()
        {
            string[] expected = [.. model.Keys.Order(StringComparer.Ordinal)];
            Assert.Equal(expected, instances[0].ListJobs());
            Assert.Equal(expected, instances[1].ListJobs());
            foreach ((string id, (_, HashSet<string> files)) in model)
            {
                Assert.Equal([".owner", "output"], disk.Names(disk.InRoot(id)));
                Assert.Equal(files.Count, disk.Names(disk.InRoot(id, "output")).Length);
            }
        }
    }
}
