// A process for the crash tests to kill. It does one thing over and over, and writes a dot after each.
//
//   MODE ROOT PREFIX
using JobStorages.CrashTests.Host;

if (args is not [var mode, var root, var prefix])
{
    Console.Error.WriteLine("Usage: MODE ROOT PREFIX");
    return 2;
}

switch (mode)
{
    case "allocate":
        Work.Allocate(root, prefix);
        break;
    case "write":
        Work.Write(root, prefix);
        break;
    case "release":
        Work.Release(root, prefix);
        break;
    case "sweep":
        Work.Sweep(root, prefix);
        break;
    case "cleanup":
        Work.CleanUp(root, prefix);
        break;
    case "everything":
        Work.Everything(root, prefix);
        break;
    case "race":
        Race.Run(root);
        break;
    case "unlocked":
        Unlocked.Run(root, prefix);
        break;
    case "serve":
        await Service.RunAsync(root, prefix);
        break;
    default:
        Console.Error.WriteLine($"No such mode: {mode}");
        return 2;
}

return 0;
