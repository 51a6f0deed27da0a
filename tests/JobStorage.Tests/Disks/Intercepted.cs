using System.IO.Abstractions;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace JobStorages.Tests.Disks;

/// <summary>Stands before one object of a file system and reports each call on it, and on what it returns.</summary>
public class Intercepted<T> : DispatchProxy
    where T : class
{
    private T _target = null!;
    private Interception _interception = null!;

    public static T Wrap(T target, Interception interception)
    {
        T proxy = Create<T, Intercepted<T>>();
        var intercepted = (Intercepted<T>)(object)proxy;
        intercepted._target = target;
        intercepted._interception = interception;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        args ??= [];

        // IPath only computes; a getter of a part, such as IFileSystem.File, and a factory, such as FileInfo.New, do nothing yet.
        if (_target is IPath or IFileInfoFactory or IDirectoryInfoFactory || typeof(IFileSystemEntity).IsAssignableFrom(targetMethod.ReturnType)
            || typeof(IPath).IsAssignableFrom(targetMethod.ReturnType) || targetMethod.ReturnType == typeof(IFileSystem))
        {
            return Call(targetMethod, args);
        }

        var call = new FileSystemCall(typeof(T).Name[1..].Replace("Factory", string.Empty, StringComparison.Ordinal), targetMethod.Name.Replace("get_", string.Empty, StringComparison.Ordinal), PathOf(args), args);
        return _interception.Around(call, () => Call(targetMethod, call.Arguments));
    }

    private object? Call(MethodInfo method, object?[] args)
    {
        try
        {
            return _interception.Wrap(method.Invoke(_target, args));
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    private string PathOf(object?[] args) =>
        _target is IFileSystemInfo info ? info.FullName : args.FirstOrDefault() as string ?? string.Empty;
}
